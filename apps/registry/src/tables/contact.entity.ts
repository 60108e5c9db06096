import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('contacts')
export class ContactEntity {
  @PrimaryColumn('uuid') contactId: string;
  @Column('text') workspaceId: string;
  @Column('text', { array: true }) addresses: readonly string[];
  @Column('text', { array: true, default: [] }) former: readonly string[];
}
