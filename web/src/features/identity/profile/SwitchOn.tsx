import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { Problem } from "~/api/problem";
import { CopyField } from "~/ui/Copyable";
import { FormError } from "~/ui/FormError";
import { CodeInput } from "../CodeInput";
import { SecretCode } from "./SecretCode";

interface Props {
  onDone: () => void;
  onClose: () => void;
}

/** First the password, then the secret for the app, then a first code of it. */
export function SwitchOn({ onDone, onClose }: Props) {
  const { t } = useTranslation("identity");
  const begin = api.useMutation("post", "/v1/me/totp");
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (plain) => (plain ? null : t("password.needed")) },
  });
  const isWrong = Problem.of(begin.error).code === "bad_credentials";
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("totp.title")}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      {begin.data ? (
        <Confirm secret={begin.data} onDone={onDone} onClose={onClose} />
      ) : (
        <form noValidate onSubmit={form.onSubmit((body) => begin.mutate({ body }))}>
          <Stack gap="md">
            <Text>{t("totp.what")}</Text>
            <FormError error={isWrong ? null : begin.error} />
            <PasswordInput
              label={t("password.label")}
              autoComplete="current-password"
              required
              data-autofocus
              {...form.getInputProps("password")}
              error={form.errors.password ?? (isWrong && t("password.wrong"))}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button type="submit" loading={begin.isPending}>
                {t("totp.next")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Confirm({ secret, onDone, onClose }: Props & { secret: Schemas["TotpSecret"] }) {
  const { t } = useTranslation("identity");
  const form = useForm({
    initialValues: { code: "" },
    validate: { code: (code) => (code.trim() ? null : t("totp.code_needed")) },
  });
  const confirm = api.useMutation("post", "/v1/me/totp/confirm", { onSuccess: onDone });
  const isWrong = Problem.of(confirm.error).code === "bad_token";
  return (
    <form noValidate onSubmit={form.onSubmit((body) => confirm.mutate({ body }))}>
      <Stack gap="md">
        <Text>{t("totp.scan")}</Text>
        <SecretCode url={secret.otpauth_url} />
        <CopyField label={t("totp.secret")} description={t("totp.secret_help")} value={secret.secret} mono />
        <FormError error={isWrong ? null : confirm.error} />
        <CodeInput
          data-autofocus
          autoFocus
          {...form.getInputProps("code")}
          error={form.errors.code ?? (isWrong && t("totp.wrong_code"))}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t("totp.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
