import { roles, type Role } from '@kontaktor/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

export class SignInRequest {
  @ApiProperty({ example: 'main' })
  @IsString()
  @MaxLength(63)
  workspace: string;

  @ApiProperty({ example: 'jana' })
  @IsString()
  @MaxLength(100)
  user: string;

  @ApiProperty()
  @IsString()
  @MaxLength(200)
  password: string;
}

export class NewWorkspaceRequest {
  @ApiProperty({ example: 'shop', description: 'Small letters, digits and dashes; it stays' })
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/, { message: 'must be small letters, digits and dashes, such as shop-2' })
  workspace: string;
}

export class NewTokenRequest {
  @ApiProperty({ description: 'What it is for; one of this name at a time', example: 'nightly export' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name: string;

  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role: Role;

  @ApiPropertyOptional({ type: Number, description: 'Hours it lives; absent: until it is deleted' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(24 * 366)
  hours?: number;
}

export class SaveUserRequest {
  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role: Role;

  @ApiPropertyOptional({ minLength: 12, description: 'Required for a new user' })
  @IsOptional()
  @IsString()
  @MinLength(12, { message: 'must have 12 characters or more' })
  @MaxLength(200)
  password?: string;
}

export class UserName {
  @ApiProperty({ example: 'jana' })
  @Matches(/^[\p{L}\p{N}._@+-]{1,100}$/u, { message: 'must be letters, digits and . _ @ + -' })
  user: string;
}
