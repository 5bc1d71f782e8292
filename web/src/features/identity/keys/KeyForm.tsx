import { Button, Checkbox, Group, Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { EVERY_SCOPE, expiryOf, type Life, scopesByNoun, useKeysChanged } from "./keys";

interface Props {
  onMade: (key: Schemas["ApiKeyMade"]) => void;
  onCancel: () => void;
}

export function KeyForm({ onMade, onCancel }: Props) {
  const { t } = useTranslation("identity");
  const changed = useKeysChanged();
  const form = useForm({
    initialValues: { name: "", life: "365" as Life, reach: "chosen", scopes: [] as string[] },
    validate: {
      name: (name) => (name.trim() ? null : t("keys.name_needed")),
      scopes: (scopes, { reach }) =>
        reach === "chosen" && scopes.length === 0 ? t("keys.scopes_needed") : null,
    },
  });
  const make = api.useMutation("post", "/v1/api-keys", {
    onSuccess: (made) => {
      changed();
      onMade(made);
    },
    onError: (thrown) => applyFieldErrors(form, thrown, { expires_at: "life" }),
  });
  const send = ({ name, life, reach, scopes }: typeof form.values) =>
    make.mutate({
      body: {
        name: name.trim(),
        scopes: reach === "all" ? [EVERY_SCOPE] : scopes,
        expires_at: expiryOf(life, Date.now()),
      },
    });
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormError error={make.error} />
        <TextInput
          label={t("keys.name")}
          description={t("keys.name_help")}
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Select
          label={t("keys.life")}
          allowDeselect={false}
          data={[
            { value: "30", label: t("keys.days", { count: 30 }) },
            { value: "90", label: t("keys.days", { count: 90 }) },
            { value: "365", label: t("keys.days", { count: 365 }) },
            { value: "forever", label: t("keys.forever") },
          ]}
          {...form.getInputProps("life")}
        />
        <Radio.Group label={t("keys.may")} {...form.getInputProps("reach")}>
          <Stack gap="xs" mt={4}>
            <Radio value="chosen" label={t("keys.reach_chosen")} description={t("keys.reach_chosen_help")} />
            <Radio value="all" label={t("keys.reach_all")} description={t("keys.reach_all_help")} />
          </Stack>
        </Radio.Group>
        {form.values.reach === "chosen" && (
          <Checkbox.Group aria-label={t("keys.may")} {...form.getInputProps("scopes")}>
            <ScopeList />
          </Checkbox.Group>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("keys.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Every scope that one may give, in plain words, those of one noun together. */
function ScopeList() {
  const { t } = useTranslation("identity");
  const word = useWords();
  const scopes = api.useQuery("get", "/v1/scopes", {}, { staleTime: Number.POSITIVE_INFINITY });
  if (scopes.isError) {
    return (
      <ErrorState
        title={t("keys.scopes_failed")}
        error={scopes.error}
        onRetry={() => void scopes.refetch()}
      />
    );
  }
  if (!scopes.data) return <SkeletonLines lines={10} />;
  return (
    <Stack gap="sm" pb="xs">
      {scopesByNoun(scopes.data.items).map((group) => (
        <Stack key={group.noun} gap={6}>
          {group.scopes.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={
                <>
                  {word("scope", scope)}{" "}
                  <Text span fz="xs" c="dimmed" ff="monospace">
                    {scope}
                  </Text>
                </>
              }
            />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}
