import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('commands')
export class CommandEntity {
  @PrimaryColumn('text') commandId: string;
  @Column('text') workspaceId: string;
  @Column('text') command: string;
  @Column('text') object: string;
  @Column('text') issuedBy: string;
  @Column('timestamptz', { default: () => 'now()' }) answeredAt: Date;
  @Column('text', { nullable: true }) refusalCode: string | null;
  @Column('text', { nullable: true }) refusal: string | null;
  @Column('uuid', { nullable: true }) runId: string | null;
  @Column('int', { nullable: true }) count: number | null;
}
