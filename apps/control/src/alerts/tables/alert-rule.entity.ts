import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { RuleDocument } from '../../document/alert-document';
import { WorkspaceEntity } from '../../tables/workspace.entity';

@Entity('alert_rules')
export class AlertRuleEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') ruleId: string;
  @Column('jsonb') document: RuleDocument;
}
