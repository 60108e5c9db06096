import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PeriodQuery } from '../runs/run-requests';

export class JournalQuery extends PeriodQuery {
  @ApiPropertyOptional({ description: 'An e-mail address' })
  @IsOptional()
  @IsString()
  @MaxLength(320)
  address?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  contactId?: string;

  @ApiPropertyOptional({ description: 'campaign_delivered, campaign_opened …, or a kind of the team such as note, call, meeting' })
  @IsOptional()
  @IsString()
  kind?: string;

  @ApiPropertyOptional({ description: 'Id of a campaign' })
  @IsOptional()
  @IsString()
  campaign?: string;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  before?: string;
}
