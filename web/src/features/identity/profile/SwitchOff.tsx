import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { Problem } from "~/api/problem";
import { FormError } from "~/ui/FormError";
import { CodeInput } from "../CodeInput";

export function SwitchOff({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation("identity");
  const form = useForm({
    initialValues: { password: "", code: "" },
    validate: {
      password: (plain) => (plain ? null : t("password.needed")),
      code: (code) => (code.trim() ? null : t("totp.code_needed")),
    },
  });
  const off = api.useMutation("post", "/v1/me/totp/disable", { onSuccess: onDone });
  const { code } = Problem.of(off.error);
  const isWrong = code === "bad_credentials";
  const isCodeWrong = code === "bad_token";
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("totp.title")}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      <form noValidate onSubmit={form.onSubmit((body) => off.mutate({ body }))}>
        <Stack gap="md">
          <Text>{t("totp.off_effect")}</Text>
          <FormError error={isWrong || isCodeWrong ? null : off.error} />
          <PasswordInput
            label={t("password.label")}
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps("password")}
            error={form.errors.password ?? (isWrong && t("password.wrong"))}
          />
          <CodeInput
            {...form.getInputProps("code")}
            error={form.errors.code ?? (isCodeWrong && t("totp.wrong_code"))}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" color="red" loading={off.isPending}>
              {t("totp.switch_off")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
