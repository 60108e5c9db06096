import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('registry_state')
@Check('registry_state_singleton_check', 'singleton')
export class RegistryStateEntity {
  @PrimaryColumn('boolean', { default: true }) singleton: boolean;
  @Column('int') epoch: number;
}
