import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('addresses')
export class AddressEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') address: string;
  @Column('uuid', { array: true, default: [] }) contactIds: readonly string[];
}
