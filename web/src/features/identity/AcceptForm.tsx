import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { Problem } from "~/api/problem";
import { useWords } from "~/domain/words";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { CodeInput } from "./CodeInput";
import { useGoIn } from "./goIn";
import { NewPasswordInput, passwordError } from "./NewPasswordInput";
import { OpenPage } from "./OpenPage";

type Invitation = Schemas["InvitationView"];

interface Props {
  token: string;
  invitation: Invitation;
}

/** Somebody new chooses a name and a password; somebody known shows the password they have. */
export function AcceptForm({ token, invitation }: Props) {
  const { t, i18n } = useTranslation("identity");
  const [asksCode, setAsksCode] = useState(false);
  const goIn = useGoIn();
  const isKnown = invitation.is_known;
  const form = useForm({
    initialValues: { name: "", password: "", totp_code: "" },
    validate: {
      name: (name) => (isKnown || name.trim() ? null : t("accept.name_needed")),
      password: (plain) =>
        isKnown ? (plain ? null : t("password.needed")) : passwordError(plain, t("password.rule")),
    },
  });
  const accept = useMutation({
    mutationFn: async ({ name, password, totp_code }: typeof form.values) => {
      const own = isKnown ? {} : { name: name.trim(), language: i18n.language };
      const body = { token, password, totp_code: asksCode ? totp_code : undefined, ...own };
      const { data } = await client.POST("/v1/invitations/accept", { body });
      await goIn("/", data ? [data] : []);
    },
    onError: (thrown) => {
      if (Problem.of(thrown).code === "totp_required") setAsksCode(true);
      else applyFieldErrors(form, thrown);
    },
  });
  const problem = accept.error ? Problem.of(accept.error) : undefined;
  const isCodeWrong = asksCode && problem?.code === "bad_token";
  return (
    <OpenPage
      title={t("accept.join", { workspace: invitation.workspace_name })}
      text={<Offer invitation={invitation} />}
    >
      <form noValidate onSubmit={form.onSubmit((values) => accept.mutate(values))}>
        <Stack gap="md">
          {problem && problem.code !== "totp_required" && !isCodeWrong && <FormError error={problem} />}
          <TextInput
            label={t("email")}
            value={invitation.email}
            readOnly
            variant="filled"
            autoComplete="username"
          />
          {isKnown ? (
            <PasswordInput
              label={t("accept.own_password")}
              description={t("accept.own_password_help")}
              autoComplete="current-password"
              required
              autoFocus
              {...form.getInputProps("password")}
            />
          ) : (
            <>
              <TextInput
                label={t("name")}
                autoComplete="name"
                required
                autoFocus
                {...form.getInputProps("name")}
              />
              <NewPasswordInput label={t("password.new")} required {...form.getInputProps("password")} />
            </>
          )}
          {asksCode && (
            <CodeInput
              autoFocus
              {...form.getInputProps("totp_code")}
              error={form.errors.totp_code ?? (isCodeWrong && t("totp.wrong_code"))}
            />
          )}
          <Button type="submit" size="md" loading={accept.isPending}>
            {t("accept.submit")}
          </Button>
        </Stack>
      </form>
    </OpenPage>
  );
}

function Offer({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation("identity");
  const word = useWords();
  const { date } = useFormat();
  const actsFor = invitation.partner_name ?? invitation.advertiser_name;
  return (
    <Stack gap={4}>
      {invitation.inviter_name && (
        <Text c="inherit">{t("accept.invited_by", { inviter: invitation.inviter_name })}</Text>
      )}
      <Text c="inherit">
        {actsFor
          ? t("accept.role_for", { role: word("role", invitation.role), name: actsFor })
          : t("accept.role", { role: word("role", invitation.role) })}
      </Text>
      <Text c="inherit" fz="sm">
        {t("accept.until", { date: date(invitation.expires_at) })}
      </Text>
    </Stack>
  );
}
