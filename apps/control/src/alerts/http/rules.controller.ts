import { alertRulesView, changeReport, type AlertRulesView, type ChangeReport } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { Who, type Principal } from '../../access/principal';
import { Needs } from '../../access/token.guard';
import { Documented } from '../../api-document/documented';
import { ChangeConfiguration } from '../../configuration/change-configuration';
import { inside } from '../../configuration/inside';
import { ruleDocument } from '../../document/alert-document';
import { ApiController } from '../../http/api-controller';
import { loadAlerts } from '../configuration/saved-alerts';
import { deleteRule } from '../configuration/save-alerts';
import { rulesInForce } from '../watching/effective-rules';

/** What is told, when and where. */
@ApiController('alert-rules', 'Alerts')
export class AlertRulesController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly changes: ChangeConfiguration,
  ) {}

  @Get()
  @Documented({ summary: 'The rules in force', answers: alertRulesView })
  async list(@Who() { workspaceId }: Principal): Promise<AlertRulesView> {
    const { rules } = await loadAlerts(this.context.database, workspaceId);
    return { builtIn: rules.size === 0, rules: [...rulesInForce(rules)].map(([id, rule]) => ({ id, rule: { ...rule } })) };
  }

  @Put(':id')
  @Needs('admin')
  @Documented({ summary: 'Create or replace a rule', answers: changeReport, body: ruleDocument, params: ['id'] })
  put(@Who() who: Principal, @Param('id') id: string, @Body() body: unknown): Promise<ChangeReport> {
    const document = { alerts: { rules: { [id]: body } } };
    return inside(['alerts', 'rules', id], () => this.changes.change(who, document, { save: true, prove: true }));
  }

  @Delete(':id')
  @Needs('admin')
  @HttpCode(204)
  @Documented({ summary: 'Delete a rule; with the last one everything is told to all channels again', status: 204, params: ['id'] })
  async delete(@Who() who: Principal, @Param('id') id: string): Promise<void> {
    await this.context.database.transaction((tx) => deleteRule(tx, who, id));
  }
}
