const address = /[^\s"'<>@(),;:]+@[^\s"'<>@(),;:]+\.[^\s"'<>@(),;:]+/g;

/** Text for a log: mail addresses become `[address]`. */
export const maskAddresses = (text: string): string => text.replace(address, '[address]');
