import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { OfLinkQuery } from '../runs/run-requests';

/** Which failures are meant; nothing named: all. */
class WhichFailures {
  @ApiPropertyOptional({ description: 'Only at this connection' })
  @IsOptional()
  @IsString()
  connection?: string;

  @ApiPropertyOptional({ description: 'Only failures of this kind', example: 'item-rejected' })
  @IsOptional()
  @IsString()
  kind?: string;

  @ApiPropertyOptional({ description: 'Only this cause, word for word as it is listed' })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  problem?: string;

  @ApiPropertyOptional({ description: 'Failed then or later', example: '2026-03-02T08:00:00Z' })
  @IsOptional()
  @IsISO8601()
  from?: string;

  @ApiPropertyOptional({ description: 'Failed before', example: '2026-03-02T09:00:00Z' })
  @IsOptional()
  @IsISO8601()
  to?: string;
}

export class FailuresQuery extends IntersectionType(OfLinkQuery, WhichFailures) {
  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  after?: string;
}

export class RetryRequest extends WhichFailures {
  @ApiPropertyOptional({ type: [String], description: 'People and diary entries by their ids; absent: all that failed' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  remotePersonIds?: string[];
}
