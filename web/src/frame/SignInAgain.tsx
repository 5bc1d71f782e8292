import { Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { Problem } from "~/api/problem";
import type { Me } from "~/domain/person";
import { refusalText } from "~/domain/refusals";

/** When the session has ended: sign in over the page, so that nothing typed is lost. */
export default function SignInAgain({ me, onDone }: { me: Me; onDone: () => void }) {
  const { t } = useTranslation("frame");
  const [needsCode, setNeedsCode] = useState(me.totp_enabled);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { password: "", totp_code: "" } });
  const signIn = useMutation({
    mutationFn: ({ password, totp_code }: typeof form.values) =>
      client.POST("/v1/session", { body: { email: me.email, password, totp_code: totp_code || undefined } }),
    onError: (thrown) => setNeedsCode(needsCode || Problem.of(thrown).code === "totp_required"),
    onSuccess: () => {
      onDone();
      void queries.invalidateQueries();
    },
  });
  return (
    <Modal
      opened
      onClose={() => void navigate({ to: "/sign-in" })}
      title={t("again.title")}
      closeButtonProps={{ "aria-label": t("again.leave") }}
      closeOnClickOutside={false}
    >
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack gap="md">
          <Text c="dimmed">{t("again.text", { email: me.email })}</Text>
          {signIn.error && (
            <Text c="red" role="alert">
              {refusalText(Problem.of(signIn.error))}
            </Text>
          )}
          <PasswordInput
            label={t("again.password")}
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps("password")}
          />
          {needsCode && (
            <TextInput
              label={t("again.code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              {...form.getInputProps("totp_code")}
            />
          )}
          <Button type="submit" loading={signIn.isPending}>
            {t("again.sign_in")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
