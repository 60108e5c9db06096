import type { HttpClientOptions } from '@kontaktor/adapter-kit';
import type { Tracing } from '@kontaktor/observability';

/** Each call to a provider as a span, by its route: the URL itself may hold addresses. The provider is not sent the trace. */
export function tracedCall(tracing: Tracing, provider: string): NonNullable<HttpClientOptions['around']> {
  return ({ method, route }, send) => {
    const attributes = {
      ...{ 'http.request.method': method, 'kontaktor.provider': provider },
      ...(route === undefined ? {} : { 'url.template': route }),
    };
    const name = route === undefined ? method : `${method} ${route}`;
    return tracing.span({ name, kind: 'client', attributes }, async (tell) => {
      const answer = await send();
      tell({ 'http.response.status_code': answer.status });
      return answer;
    });
  };
}
