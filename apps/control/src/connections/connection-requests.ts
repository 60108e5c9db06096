import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Matches } from 'class-validator';

export class CheckSettingsRequest {
  @ApiProperty({ description: 'Provider to ask', example: 'ecomail' })
  @IsString()
  provider: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Settings with secrets; kept nowhere' })
  @IsObject()
  settings: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'A saved connection whose secrets fill what is not given' })
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,62}$/)
  connection?: string;
}

export class SaveQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'false: save without asking the provider' })
  @IsOptional()
  @IsIn(['true', 'false'])
  check?: string;
}
