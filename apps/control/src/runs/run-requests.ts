import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { planOperations } from '@kontaktor/domain';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

const peopleLists = ['in-sync', 'excluded', 'failing', 'held'];

export class StartRunRequest {
  @ApiProperty({ enum: ['full', 'dry'], description: 'dry: plans and writes nothing anywhere' })
  @IsIn(['full', 'dry'])
  mode: 'full' | 'dry';
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

export class PeriodQuery extends LimitQuery {
  @ApiPropertyOptional({ description: 'ISO 8601; from this time on' })
  @IsOptional()
  @IsISO8601()
  from?: string;

  @ApiPropertyOptional({ description: 'ISO 8601; before this time' })
  @IsOptional()
  @IsISO8601()
  to?: string;
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
  @ApiProperty({ enum: peopleLists, description: 'held: by the brake between runs' })
  @IsIn(peopleLists)
  list: string;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  after?: string;
}

export class ApproveRequest {
  @ApiProperty({ description: 'Hash of the plan that was looked at; another plan is not approved by it' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be the planHash of the run: 64 digits and letters a to f' })
  planHash: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'ISO 8601; after it the approval is void. Absent: in an hour' })
  @IsOptional()
  @IsISO8601()
  expiresAt?: string;
}

export class LiftBrakeRequest {
  @ApiProperty({ type: Number, minimum: 1, description: 'So many more removals may pass' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  removals: number;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 168, default: 24, description: 'For so many hours' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(168)
  hours = 24;
}

export class PlanQuery extends LimitQuery {
  @ApiPropertyOptional({ enum: planOperations, description: 'Only items of this kind' })
  @IsOptional()
  @IsIn(planOperations)
  operation?: string;

  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true: only what was left out of the run, because it was decided anew' })
  @IsOptional()
  @IsIn(['true', 'false'])
  parked?: string;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  after?: string;
}

export class DeleteLinkQuery {
  @ApiProperty({
    enum: ['leave', 'take-out'],
    description: 'What happens to what the link put there. take-out: by a last run, whose plan waits for approval',
  })
  @IsIn(['leave', 'take-out'], { message: 'must be leave or take-out: what happens to the people whom the link put there?' })
  members: 'leave' | 'take-out';
}
