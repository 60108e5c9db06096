import { readConfig } from '@kontaktor/config';
import { runAsProcess, SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { ensureFirstToken } from './access/ensure-first-token';
import { controlEnvironment } from './control-environment';
import { control } from './control';

void runAsProcess(control, async (app) => {
  const context = app.get<ServiceContext>(SERVICE_CONTEXT);
  const secret = readConfig(controlEnvironment).KONTAKTOR_ADMIN_TOKEN;
  if (secret !== undefined) return ensureFirstToken(context, secret);
  const tokens = await context.database.query('SELECT 1 FROM api_tokens LIMIT 1');
  if (tokens.length === 0) context.logger.warn('nobody can sign in yet: start once with KONTAKTOR_ADMIN_TOKEN set');
});
