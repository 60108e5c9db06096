import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

export class StartRunRequest {
  @ApiProperty({ enum: ['full', 'dry'], description: 'dry: plans and writes nothing anywhere' })
  @IsIn(['full', 'dry'])
  mode: 'full' | 'dry';
}

export class RetryRequest {
  @ApiPropertyOptional({ type: [String], description: 'Absent: all that failed' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  remotePersonIds?: string[];
}

export class LimitQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit = 50;
}

export class OfLinkQuery extends LimitQuery {
  @ApiPropertyOptional({ description: 'Only of this link' })
  @IsOptional()
  @IsString()
  link?: string;
}

export class WhyQuery {
  @ApiProperty({ description: 'An e-mail address, present or former' })
  @IsString()
  @MinLength(3)
  @MaxLength(320)
  address: string;
}

export class PeopleQuery extends LimitQuery {
  @ApiProperty({ enum: ['in-sync', 'excluded', 'failing'] })
  @IsIn(['in-sync', 'excluded', 'failing'])
  list: string;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  after?: string;
}
