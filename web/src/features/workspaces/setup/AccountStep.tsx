import { Button, Input, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NewPasswordInput } from "~/features/identity/NewPasswordInput";
import { LANGUAGE_NAMES, LANGUAGES, type Language, speak } from "~/i18n";
import { FormError } from "~/ui/FormError";
import type { SetUp } from "./useSetUp";

interface Props {
  setUp: SetUp;
  /** It came with the address; else it is typed. */
  hasToken: boolean;
  onDone: () => void;
}

export function AccountStep({ setUp, hasToken, onDone }: Props) {
  const { t } = useTranslation("workspaces");
  const { account, make } = setUp;
  return (
    <form noValidate onSubmit={account.onSubmit(onDone)}>
      <Stack gap="md">
        <FormError error={account.errors.token ? null : make.error} />
        {(!hasToken || account.errors.token) && (
          <TextInput
            label={t("set_up.token")}
            description={t("set_up.token_help")}
            placeholder="set_…"
            autoComplete="off"
            required={!hasToken}
            {...account.getInputProps("token")}
          />
        )}
        <TextInput label={t("set_up.name")} autoComplete="name" required {...account.getInputProps("name")} />
        <TextInput
          label={t("set_up.email")}
          type="email"
          autoComplete="username"
          required
          {...account.getInputProps("email")}
        />
        <NewPasswordInput label={t("set_up.password")} required {...account.getInputProps("password")} />
        <Input.Wrapper label={t("set_up.language")} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t("set_up.language")}
            data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
            value={account.values.language}
            onChange={(language) => {
              account.setFieldValue("language", language);
              void speak(language as Language, true);
            }}
          />
        </Input.Wrapper>
        <Button type="submit" size="md">
          {t("set_up.next")}
        </Button>
      </Stack>
    </form>
  );
}
