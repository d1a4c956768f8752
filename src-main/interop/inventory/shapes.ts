/** What is read of packages of Zarf and of Hauler; the rest of them is passed over. */
import { z } from 'zod';

const text = z.string();
const texts = z.array(z.string());

/** https://docs.zarf.dev/ref/components/ */
export const zarfPackage = z.looseObject({
  kind: text,
  components: z
    .array(
      z.looseObject({
        name: text.optional(),
        required: z.boolean().optional(),
        images: texts.optional(),
        repos: texts.optional(),
        charts: z
          .array(
            z.looseObject({
              name: text,
              url: text.optional(),
              gitPath: text.optional(),
              localPath: text.optional(),
              repoName: text.optional(),
              version: text.optional(),
            }),
          )
          .optional(),
        manifests: z
          .array(
            z.looseObject({
              name: text.optional(),
              files: texts.optional(),
              kustomizations: texts.optional(),
            }),
          )
          .optional(),
        files: z.array(z.looseObject({ source: text })).optional(),
        import: z.looseObject({ path: text.optional(), url: text.optional() }).optional(),
        actions: z.unknown().optional(),
      }),
    )
    .optional(),
});
export type ZarfPackage = z.infer<typeof zarfPackage>;

/** https://docs.hauler.dev/docs/guides-references/hauler-content/ */
export const haulerContent = z.looseObject({
  kind: text,
  spec: z.looseObject({
    images: z.array(z.looseObject({ name: text })).optional(),
    charts: z
      .array(z.looseObject({ name: text, repoURL: text.optional(), version: text.optional() }))
      .optional(),
    files: z.array(z.looseObject({ path: text, name: text.optional() })).optional(),
  }),
});
export type HaulerContent = z.infer<typeof haulerContent>;
