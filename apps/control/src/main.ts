import { runAsProcess, SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { ensureFirstToken } from './access/ensure-first-token';
import { control } from './control';

void runAsProcess(control, async (app) => {
  const context = app.get<ServiceContext>(SERVICE_CONTEXT);
  const secret = process.env['KONTAKTOR_ADMIN_TOKEN'];
  if (secret !== undefined) return ensureFirstToken(context, secret);
  const tokens = await context.database.query('SELECT 1 FROM api_tokens LIMIT 1');
  if (tokens.length === 0) context.logger.warn('nobody can sign in yet: start once with KONTAKTOR_ADMIN_TOKEN set');
});
