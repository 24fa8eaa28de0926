import { compileMappings, defaultMappings, FUNCTIONS, type Mappings } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import {
  expressionTrialSchema,
  type MappingPreviewView,
  mappingPreviewRequestSchema,
  mappingsSchema,
  type TriedExpressionView,
} from '../contract/mapping.ts';
import type { MappingPreview } from '../provisioning/contract.ts';
import { findObject } from './application-object.ts';
import { changedSettings } from './application-settings.ts';
import type { AdminContext } from './context.ts';
import { directoryOf, findApplication } from './find-application.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

/**
 * `/api/applications/{application}/mappings`: shown and replaced as a whole, so that what is exported can be imported;
 * reset, preview, and expressions tried with an object of the directory.
 */
export async function mappings(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { provisioning } = context;

  api.get<ByName>('/applications/:application/mappings', async (request) => {
    return (await findApplication(context, request.params.application)).mappings;
  });

  api.put<ByName>('/applications/:application/mappings', async (request) => {
    return save(context, request.params.application, mappingsSchema.parse(request.body));
  });

  api.post<ByName>('/applications/:application/mappings/reset', async (request) => {
    return save(context, request.params.application, defaultMappings());
  });

  api.post<ByName>(
    '/applications/:application/mappings/preview',
    { config: { role: 'operator' } },
    async (request): Promise<MappingPreviewView> => {
      const input = mappingPreviewRequestSchema.parse(request.body ?? {});
      const application = await findApplication(context, request.params.application);
      const settings = changedSettings(application.settings, input.settings);
      return previewView(await provisioning.preview(application, input.mappings ?? application.mappings, settings));
    },
  );

  api.post<ByName>(
    '/applications/:application/expression',
    { config: { role: 'operator' } },
    async (request): Promise<TriedExpressionView> => {
      const { expression, object } = expressionTrialSchema.parse(request.body);
      const application = await findApplication(context, request.params.application);
      const { type, id } = await findObject(context, directoryOf(context, application), object);
      return provisioning.tryExpression(application, expression, { type, id });
    },
  );

  api.get('/expression-functions', async () => ({
    functions: FUNCTIONS.map(({ name, group, parameters, summary, example, result, entra }) => {
      return { name, group, parameters, summary, example, result, entra };
    }),
  }));
}

/** Errors: MappingsInvalid, with everything that is wrong. */
async function save(context: AdminContext, name: string, saved: Mappings) {
  const { registry, store } = context;
  const { id, key } = await findApplication(context, name);
  const { warnings } = await registry.change(async () => {
    const application = await findApplication(context, id);
    const compiled = compileMappings(saved, registry.catalogue(directoryOf(context, application)));
    await store.applications.save({ ...application, mappings: saved, modified: context.now() });
    return compiled;
  });
  context.provisioning.changed(key);
  return { ...saved, warnings };
}

const previewView = (preview: MappingPreview): MappingPreviewView => ({
  ...preview,
  problems: preview.problems.map((problem) => ({ ...problem })),
  attributes: preview.attributes.map(({ samples, ...attribute }) => ({
    ...attribute,
    samples: samples.map((sample) => ({ ...sample })),
  })),
  samples: preview.samples.map((sample) => ({ ...sample })),
});
