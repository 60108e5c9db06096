import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';

export class AddressRequest {
  @ApiProperty({ description: 'An e-mail address, present or former' })
  @IsString()
  @MinLength(3)
  @MaxLength(320)
  address: string;
}

export class PersonRequest extends AddressRequest {
  @ApiPropertyOptional({ type: [String], description: 'Which of the people with this address; absent: the only one' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  contactIds?: string[];
}

export class ErasureRequest extends PersonRequest {
  @ApiPropertyOptional({ type: [String], description: 'Source connections at which the own record goes too; absent: it stays there' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  at?: string[];
}

export class ConfirmedErasureRequest extends ErasureRequest {
  @ApiProperty({ description: '`confirmation` of the preview: the order holds for exactly what was shown' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be the confirmation of the preview: 64 digits and letters a to f' })
  confirmation: string;
}
