import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('sign_in_attempts')
@Index('sign_in_attempts_since', ['since'])
export class SignInAttemptsEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') userName: string;
  @Column('int') attempts: number;
  @Column('timestamptz', { default: () => 'now()' }) since: Date;
}
