import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';

export class PlanQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true: what is there and not in the document is deleted' })
  @IsOptional()
  @IsIn(['true', 'false'])
  prune?: string;
}

export class ApplyQuery extends PlanQuery {
  @ApiPropertyOptional({
    type: Number,
    description: 'Revision of the plan that is carried out; when the configuration is no longer at it, nothing is saved',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  revision?: number;
}
