import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { Problem } from "~/api/problem";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { ToSignIn } from "./ForgotPasswordPage";
import { useFragmentToken } from "./fragmentToken";
import { NewPasswordInput, passwordError } from "./NewPasswordInput";
import { OpenPage } from "./OpenPage";

/** Codes of a link that opens nothing any more: a new one is needed. */
const DEAD_LINK = ["bad_token", "link_expired"];

/** Chooses a new password with the token of a mailed link. */
export default function ResetPasswordPage() {
  const { t } = useTranslation("identity");
  const token = useFragmentToken();
  const form = useForm({
    initialValues: { new_password: "" },
    validate: { new_password: (plain) => passwordError(plain, t("password.rule")) },
  });
  const reset = api.useMutation("post", "/v1/password-resets/confirm", {
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  if (reset.isSuccess) {
    return (
      <OpenPage title={t("reset.done_title")} text={t("reset.done_text")}>
        <Button component={Link} to="/sign-in" size="md">
          {t("sign_in.submit")}
        </Button>
      </OpenPage>
    );
  }
  if (!token || DEAD_LINK.includes(Problem.of(reset.error).code)) return <DeadLink isMissing={!token} />;
  return (
    <OpenPage title={t("reset.title")} text={t("reset.text")}>
      <form noValidate onSubmit={form.onSubmit((values) => reset.mutate({ body: { token, ...values } }))}>
        <Stack gap="md">
          <FormError error={reset.error} />
          <NewPasswordInput
            label={t("password.new")}
            required
            autoFocus
            {...form.getInputProps("new_password")}
          />
          <Button type="submit" size="md" loading={reset.isPending}>
            {t("reset.submit")}
          </Button>
        </Stack>
      </form>
    </OpenPage>
  );
}

function DeadLink({ isMissing }: { isMissing: boolean }) {
  const { t } = useTranslation("identity");
  return (
    <OpenPage
      title={isMissing ? t("reset.missing_title") : t("reset.dead_title")}
      text={isMissing ? t("reset.missing_text") : t("reset.dead_text")}
    >
      <Stack gap="sm">
        <Button component={Link} to="/forgot-password" size="md">
          {t("reset.ask_again")}
        </Button>
        <ToSignIn />
      </Stack>
    </OpenPage>
  );
}
