/** What Zarf and Hauler take, in their own terms; a key that they do not know fails, as it does with them. */
import { z } from 'zod';

const text = z.string().min(1);
/** zarf-dev/zarf, zarf.schema.json: ZarfMetadata and ZarfComponent, `name`. */
const zarfName = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
/** zarf-dev/zarf, src/pkg/lint/validate.go: validateReleaseName (RFC 1035), ZarfMaxChartNameLength. */
const release = z
  .string()
  .max(40)
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
const isUnique = (values: readonly string[]) => new Set(values).size === values.length;

/** zarf-dev/zarf, zarf.schema.json (version v1alpha1) and src/pkg/lint/validate.go. */
export const zarfPackage = z.strictObject({
  apiVersion: z.literal('zarf.dev/v1alpha1'),
  kind: z.literal('ZarfPackageConfig'),
  metadata: z.strictObject({ name: zarfName }),
  components: z
    .array(
      z.strictObject({
        name: zarfName,
        required: z.boolean(),
        images: z.array(text).min(1).optional(),
        charts: z
          .array(
            z.strictObject({
              name: release,
              repoName: text.optional(),
              url: text,
              version: text,
              namespace: text,
            }),
          )
          .min(1)
          .refine(
            (charts) => isUnique(charts.map(({ name }) => name)),
            'a chart name is not unique',
          )
          .optional(),
        files: z
          .array(z.strictObject({ source: text, target: text }))
          .min(1)
          // Of two with one target the second replaces the first.
          .refine((files) => isUnique(files.map(({ target }) => target)), 'a target is not unique')
          .optional(),
      }),
    )
    .min(1)
    .refine((all) => isUnique(all.map(({ name }) => name)), 'a component name is not unique'),
});

/** hauler-dev/hauler, pkg/reference/reference.go, NewTagged: what the store calls a file. */
const stored = (name: string) => name.toLowerCase().replaceAll('+', '-');
const fileName = text.refine(
  (name) => /^[a-z0-9][a-z0-9._-]*$/.test(stored(name)),
  'no name of a repository',
);

/** hauler-dev/hauler, pkg/apis/hauler.cattle.io/v1: chart.go, image.go, file.go. */
const head = {
  apiVersion: z.literal('content.hauler.cattle.io/v1'),
  metadata: z.strictObject({ name: text }),
};
export const haulerDocument = z.discriminatedUnion('kind', [
  z.strictObject({
    ...head,
    kind: z.literal('Images'),
    spec: z.strictObject({ images: z.array(z.strictObject({ name: text })).min(1) }),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('Charts'),
    spec: z.strictObject({
      charts: z.array(z.strictObject({ name: text, repoURL: text, version: text })).min(1),
    }),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('Files'),
    spec: z.strictObject({
      files: z
        .array(z.strictObject({ path: text, name: fileName }))
        .min(1)
        .refine(
          (files) => isUnique(files.map(({ name }) => stored(name))),
          'a file replaces another',
        ),
    }),
  }),
]);
