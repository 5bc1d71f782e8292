import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { judgePassword } from "./passwordRule";

type Props = Omit<PasswordInputProps, "description" | "autoComplete" | "value"> & { value?: string };

/** A password to be, with what it still lacks by the server's rule. */
export function NewPasswordInput(props: Props) {
  const hint = usePasswordHint(props.value ?? "");
  return (
    <PasswordInput
      autoComplete="new-password"
      description={hint}
      inputWrapperOrder={["label", "input", "error", "description"]}
      {...props}
    />
  );
}

function usePasswordHint(plain: string): string {
  const { t } = useTranslation("identity");
  const verdict = judgePassword(plain);
  if (plain === "") return t("password.rule");
  if (verdict.kind === "short") return t("password.missing", { count: verdict.missing });
  if (verdict.kind === "same") return t("password.same");
  if (verdict.kind === "long") return t("password.long");
  return t("password.good");
}

/** For a form's `validate`. */
export function passwordError(plain: string, rule: string): string | null {
  return judgePassword(plain).kind === "good" ? null : rule;
}
