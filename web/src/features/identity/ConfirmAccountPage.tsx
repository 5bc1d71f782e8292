import { Button, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { Problem } from "~/api/problem";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { useFragmentToken } from "./fragmentToken";
import { OpenPage } from "./OpenPage";

/** Codes of a link that opens nothing any more. */
const DEAD_LINK = ["bad_token", "link_expired"];

/** Confirms a changed account with the token of a mailed link: opening the page does nothing, the button does. */
export default function ConfirmAccountPage() {
  const { t } = useTranslation("identity");
  const token = useFragmentToken();
  const confirm = api.useMutation("post", "/v1/account-changes/confirm");
  if (confirm.data) return <Confirmed from={confirm.data.in_force_from} state={confirm.data.state} />;
  if (!token || DEAD_LINK.includes(Problem.of(confirm.error).code)) {
    return (
      <OpenPage title={t("confirm_account.dead_title")} text={t("confirm_account.dead_text")}>
        <ToAccount />
      </OpenPage>
    );
  }
  return (
    <OpenPage title={t("confirm_account.title")} text={t("confirm_account.text")}>
      <Stack gap="md">
        <FormError error={confirm.error} />
        <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate({ body: { token } })}>
          {t("confirm_account.submit")}
        </Button>
        <ToAccount />
      </Stack>
    </OpenPage>
  );
}

function Confirmed({ from, state }: { from: string | null | undefined; state: string }) {
  const { t } = useTranslation("identity");
  return (
    <OpenPage
      title={t("confirm_account.done_title")}
      text={state === "waiting" && from ? <From when={from} /> : t("confirm_account.done_now")}
    >
      <ToAccount />
    </OpenPage>
  );
}

function From({ when }: { when: string }) {
  const { t } = useTranslation("identity");
  const { dateTime } = useFormat();
  return <>{t("confirm_account.done_text", { when: dateTime(when) })}</>;
}

function ToAccount() {
  const { t } = useTranslation("identity");
  return (
    <Button component={Link} to="/profile" variant="default" size="md">
      {t("confirm_account.to_account")}
    </Button>
  );
}
