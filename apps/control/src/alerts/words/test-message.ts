import type { Language } from './condition-words';
import type { Message } from './render-alert';

/** What `alerts test` sends. */
export function testMessage(language: Language, workspaceId: string, channelId: string): Message {
  if (language === 'cs')
    return {
      subject: '[Kontaktor] Zkušební zpráva',
      text: `Kanál ${channelId} pracovního prostoru ${workspaceId} funguje. Není třeba nic dělat.`,
    };
  return {
    subject: '[Kontaktor] Test message',
    text: `The channel ${channelId} of the workspace ${workspaceId} works. There is nothing to do.`,
  };
}
