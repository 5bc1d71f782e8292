import { NumberInput, PasswordInput, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { type Draft, KEY_FIELDS, type KeyField, OPTIONAL_KEYS, type Platform } from "./draft";

/** What nobody may read over a shoulder. */
const SECRET: readonly KeyField[] = ["access_token", "developer_token", "client_secret", "refresh_token"];
const SUBS = 10;

interface Props {
  platform: Platform;
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  complaints: Record<string, string>;
}

/** Ids and keys of an advertising platform. */
export function KeyInputs({ platform, draft, set, complaints }: Props) {
  const { t } = useTranslation("postbacks");
  return (
    <>
      {KEY_FIELDS[platform].map((field) => {
        const Input = SECRET.includes(field) ? PasswordInput : TextInput;
        return (
          <Input
            key={field}
            label={labelOf(t, field)}
            description={field === "test_event_code" ? t("field.test_event_code_help") : undefined}
            value={draft.keys[field] ?? ""}
            onChange={({ currentTarget }) => set({ keys: { ...draft.keys, [field]: currentTarget.value } })}
            error={complaints[`target.${field}`]}
            autoComplete="off"
            spellCheck={false}
            required={!OPTIONAL_KEYS.includes(field)}
          />
        );
      })}
      <NumberInput
        label={t("field.ad_click_sub")}
        description={t("field.ad_click_sub_help")}
        value={draft.sub}
        onChange={(sub) => set({ sub: Number(sub) || SUBS })}
        min={1}
        max={SUBS}
        clampBehavior="strict"
      />
    </>
  );
}

function labelOf(t: TFunction<"postbacks">, field: KeyField): string {
  const labels: Record<KeyField, string> = {
    pixel_id: t("field.pixel_id"),
    pixel_code: t("field.pixel_code"),
    access_token: t("field.access_token"),
    test_event_code: t("field.test_event_code"),
    customer_id: t("field.customer_id"),
    conversion_action_id: t("field.conversion_action_id"),
    developer_token: t("field.developer_token"),
    client_id: t("field.client_id"),
    client_secret: t("field.client_secret"),
    refresh_token: t("field.refresh_token"),
    login_customer_id: t("field.login_customer_id"),
  };
  return labels[field];
}
