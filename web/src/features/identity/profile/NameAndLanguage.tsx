import { Button, Group, Input, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { meQuery, useMe } from "~/domain/person";
import { LANGUAGE_NAMES, LANGUAGES, type Language, speak } from "~/i18n";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";

export function NameAndLanguage() {
  const { t } = useTranslation("identity");
  const me = useMe();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: me.name, language: me.language },
    validate: { name: (name) => (name.trim() ? null : t("accept.name_needed")) },
  });
  const save = api.useMutation("patch", "/v1/me", {
    onSuccess: async (changed) => {
      queries.setQueryData(meQuery.queryKey, changed);
      form.setInitialValues({ name: changed.name, language: changed.language });
      form.reset();
      await speak(changed.language as Language, true);
      sayItIsSaved(changed.language);
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((body) => save.mutate({ body }))}>
      <Stack gap="md">
        <FormError error={save.error} />
        <TextInput label={t("name")} autoComplete="name" required {...form.getInputProps("name")} />
        <Input.Wrapper
          label={t("profile.language")}
          description={t("profile.language_help")}
          labelElement="div"
        >
          <SegmentedControl
            fullWidth
            mt={4}
            aria-label={t("profile.language")}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            {...form.getInputProps("language")}
          />
        </Input.Wrapper>
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** In the language that was just chosen. */
function sayItIsSaved(language: string): void {
  const t = i18next.getFixedT(language, "identity");
  notifyDone(t("saved"));
}
