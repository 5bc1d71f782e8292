import { TextInput, type TextInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** The six figures of the authenticator app. */
export function CodeInput(props: TextInputProps) {
  const { t } = useTranslation("identity");
  return (
    <TextInput
      label={t("totp.code")}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={7}
      required
      placeholder="123456"
      classNames={{ input: "figures" }}
      {...props}
    />
  );
}
