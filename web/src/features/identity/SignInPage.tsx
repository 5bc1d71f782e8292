import { Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, client } from "~/api/client";
import { Problem } from "~/api/problem";
import { type PageSearch, textOf } from "~/frame/search";
import { FormError } from "~/ui/FormError";
import { safeBack } from "./back";
import { CodeInput } from "./CodeInput";
import { useGoIn } from "./goIn";
import { OpenPage } from "./OpenPage";

/** E-mail and password; then, where the second factor is on, its code. */
export default function SignInPage() {
  const { t } = useTranslation("identity");
  const back = safeBack(textOf(useSearch({ strict: false }) as PageSearch, "back"));
  const setup = api.useQuery("get", "/v1/setup", {}, { retry: false });
  const [asksCode, setAsksCode] = useState(false);
  const goIn = useGoIn();
  const form = useForm({
    initialValues: { email: "", password: "", totp_code: "" },
    validate: {
      email: (email) => (email.trim() ? null : t("email_needed")),
      password: (password) => (password ? null : t("password.needed")),
      totp_code: (code) => (!asksCode || code.trim() ? null : t("totp.code_needed")),
    },
  });
  const signIn = useMutation({
    mutationFn: async ({ email, password, totp_code }: typeof form.values) => {
      const body = { email, password, totp_code: asksCode ? totp_code : undefined };
      const { data } = await client.POST("/v1/session", { body });
      await goIn(back, data?.memberships);
    },
    onError: (thrown) => {
      if (Problem.of(thrown).code === "totp_required") setAsksCode(true);
    },
  });
  if (setup.data?.needed) return <Navigate to="/setup" replace />;

  const problem = signIn.error ? Problem.of(signIn.error) : undefined;
  const isCodeWrong = asksCode && problem?.code === "bad_token";
  const leaveCode = () => {
    setAsksCode(false);
    form.setFieldValue("totp_code", "");
    signIn.reset();
  };
  return (
    <OpenPage
      title={asksCode ? t("sign_in.code_title") : t("sign_in.title")}
      text={asksCode && t("sign_in.code_text")}
    >
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack gap="md">
          {problem && problem.code !== "totp_required" && !isCodeWrong && <FormError error={problem} />}
          {asksCode ? (
            <CodeInput
              autoFocus
              {...form.getInputProps("totp_code")}
              error={form.errors.totp_code ?? (isCodeWrong && t("totp.wrong_code"))}
            />
          ) : (
            <>
              <TextInput
                label={t("email")}
                type="email"
                autoComplete="username"
                required
                autoFocus
                {...form.getInputProps("email")}
              />
              <Stack gap={4}>
                <PasswordInput
                  label={t("password.label")}
                  autoComplete="current-password"
                  required
                  {...form.getInputProps("password")}
                />
                <Anchor component={Link} to="/forgot-password" fz="sm" style={{ alignSelf: "flex-end" }}>
                  {t("sign_in.forgot")}
                </Anchor>
              </Stack>
            </>
          )}
          <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
            {t("sign_in.submit")}
          </Button>
          {asksCode && (
            <Button variant="subtle" color="gray" onClick={leaveCode}>
              {t("sign_in.other_person")}
            </Button>
          )}
        </Stack>
      </form>
    </OpenPage>
  );
}
