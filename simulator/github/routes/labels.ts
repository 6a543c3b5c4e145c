// Endpoints of a repository's labels.
import { z } from 'zod';
import { type Call, created, type Endpoints, noContent, ok } from '../call.ts';
import { notFound, validationFailed } from '../errors.ts';
import type { Label } from '../issue.ts';
import { listed } from '../pagination.ts';
import { labelShape } from '../shapes/issue.ts';

const r = '/repos/{owner}/{repo}/labels';

const Color = z.string().regex(/^[0-9a-fA-F]{6}$/, 'must be 6 hexadecimal digits without #');
const NewLabel = z.object({
  name: z.string().min(1),
  color: Color.default('ededed'),
  description: z.string().max(100).nullish(),
});
const ChangedLabel = z.object({
  new_name: z.string().min(1).optional(),
  color: Color.optional(),
  description: z.string().nullish(),
});

function find(call: Call): Label {
  const label = call.repository.findLabel(call.param('name'));
  if (!label) throw notFound();
  return label;
}

const shaped = (call: Call, label: Label) => labelShape(call.github, call.repository, label);

function publish(call: Call, action: string, label: Label): void {
  const { github, repository, actor: sender, byActions } = call;
  github.publish({ name: 'label', action, repository, sender, byActions, payload: { label: shaped(call, label) } });
}

export const labelEndpoints: Endpoints = {
  [`GET ${r}`]: (call) => listed(call, [...call.repository.labels.values()], (label) => shaped(call, label)),
  [`POST ${r}`]: (call) => {
    const { name, color, description } = call.body(NewLabel);
    if (call.repository.findLabel(name))
      throw validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' });
    const label = { id: call.github.nextId(), name, color, description: description ?? null, default: false };
    call.repository.labels.set(name.toLowerCase(), label);
    publish(call, 'created', label);
    return created(shaped(call, label));
  },
  [`GET ${r}/{name}`]: (call) => ok(shaped(call, find(call))),
  [`PATCH ${r}/{name}`]: (call) => {
    const label = find(call);
    const { new_name, color, description } = call.body(ChangedLabel);
    if (new_name) {
      call.repository.labels.delete(label.name.toLowerCase());
      label.name = new_name;
      call.repository.labels.set(new_name.toLowerCase(), label);
    }
    label.color = color ?? label.color;
    if (description !== undefined) label.description = description;
    publish(call, 'edited', label);
    return ok(shaped(call, label));
  },
  [`DELETE ${r}/{name}`]: (call) => {
    const label = find(call);
    call.repository.labels.delete(label.name.toLowerCase());
    for (const issue of call.repository.issues.values()) issue.labels = issue.labels.filter((one) => one !== label);
    publish(call, 'deleted', label);
    return noContent();
  },
};
