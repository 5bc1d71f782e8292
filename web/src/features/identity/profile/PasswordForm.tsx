import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { Problem } from "~/api/problem";
import { useMe } from "~/domain/person";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { NewPasswordInput, passwordError } from "../NewPasswordInput";

export function PasswordForm() {
  const { t } = useTranslation("identity");
  const { email } = useMe();
  const form = useForm({
    initialValues: { current_password: "", new_password: "" },
    validate: {
      current_password: (plain) => (plain ? null : t("password.needed")),
      new_password: (plain) => passwordError(plain, t("password.rule")),
    },
  });
  const change = api.useMutation("post", "/v1/me/password", {
    onSuccess: () => {
      form.reset();
      notifyDone(t("profile.password_changed"));
    },
    onError: (thrown) => {
      if (Problem.of(thrown).code === "bad_credentials")
        form.setFieldError("current_password", t("password.wrong"));
      else applyFieldErrors(form, thrown);
    },
  });
  const isOfField = Problem.of(change.error).code === "bad_credentials";
  return (
    <form noValidate onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
      <Stack gap="md">
        <FormError error={isOfField ? null : change.error} />
        {/* Tells a password manager whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t("password.current")}
          autoComplete="current-password"
          required
          {...form.getInputProps("current_password")}
        />
        <NewPasswordInput label={t("password.new")} required {...form.getInputProps("new_password")} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isPending}>
            {t("reset.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
