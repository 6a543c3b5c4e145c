// A request's contents → all the text in them, as scripts match it and tokens are counted of it.
import type { Content, GenerateContentRequest } from './request.ts';

export function contentText(content: Content | undefined): string {
  return (content?.parts ?? []).map(({ text }) => text ?? '').join('');
}

export function promptText(request: Pick<GenerateContentRequest, 'systemInstruction' | 'contents'>): string {
  return [request.systemInstruction, ...(request.contents ?? [])]
    .map(contentText)
    .filter((text) => text !== '')
    .join('\n\n');
}
