import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sign_in_attempts')
export class SignInAttemptsEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') userName: string;
  @Column('int') attempts: number;
  @Column('timestamptz', { default: () => 'now()' }) since: Date;
}
