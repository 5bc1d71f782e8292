import { Anchor, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { OpenPage } from "./OpenPage";

/** Asks for a link by mail. What it says does not tell whether the address is known. */
export default function ForgotPasswordPage() {
  const { t } = useTranslation("identity");
  const form = useForm({
    initialValues: { email: "" },
    validate: { email: (email) => (email.includes("@") ? null : t("email_needed")) },
  });
  const ask = api.useMutation("post", "/v1/password-resets", {
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  if (ask.isSuccess) {
    return (
      <OpenPage title={t("forgot.sent_title")} text={t("forgot.sent_text", { email: form.values.email })}>
        <Stack gap="sm">
          <Button variant="default" onClick={() => ask.reset()}>
            {t("forgot.again")}
          </Button>
          <ToSignIn />
        </Stack>
      </OpenPage>
    );
  }
  return (
    <OpenPage title={t("forgot.title")} text={t("forgot.text")}>
      <form noValidate onSubmit={form.onSubmit((body) => ask.mutate({ body }))}>
        <Stack gap="md">
          <FormError error={ask.error} />
          <TextInput
            label={t("email")}
            type="email"
            autoComplete="username"
            required
            autoFocus
            {...form.getInputProps("email")}
          />
          <Button type="submit" size="md" loading={ask.isPending}>
            {t("forgot.submit")}
          </Button>
          <ToSignIn />
        </Stack>
      </form>
    </OpenPage>
  );
}

export function ToSignIn() {
  const { t } = useTranslation("identity");
  return (
    <Anchor component={Link} to="/sign-in" fz="sm" ta="center">
      {t("to_sign_in")}
    </Anchor>
  );
}
