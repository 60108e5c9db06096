import { Entity, PrimaryColumn } from 'typeorm';

@Entity('told_activities')
export class ToldActivityEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') activityId: string;
}
