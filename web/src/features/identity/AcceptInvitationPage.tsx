import { Button, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { Problem } from "~/api/problem";
import { FormError } from "~/ui/FormError";
import { AcceptForm } from "./AcceptForm";
import { ToSignIn } from "./ForgotPasswordPage";
import { useFragmentToken } from "./fragmentToken";
import { OpenPage } from "./OpenPage";

/** What an invitation offers, and the way in. */
export default function AcceptInvitationPage() {
  const { t } = useTranslation("identity");
  const token = useFragmentToken();
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: async () => {
      const { data } = await client.POST("/v1/invitations/view", { body: { token: token ?? "" } });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
    enabled: token !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!token) return <NoWayIn title={t("accept.missing_title")} text={t("accept.missing_text")} />;
  if (invitation.isError) {
    return <Closed problem={Problem.of(invitation.error)} onRetry={() => void invitation.refetch()} />;
  }
  if (!invitation.data) return <Loading />;
  return <AcceptForm token={token} invitation={invitation.data} />;
}

function Closed({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useTranslation("identity");
  if (problem.code === "link_expired") {
    return <NoWayIn title={t("accept.expired_title")} text={t("accept.expired_text")} />;
  }
  if (problem.code === "invitation_spent") {
    return <NoWayIn title={t("accept.spent_title")} text={t("accept.spent_text")} />;
  }
  if (problem.code === "bad_token") {
    return <NoWayIn title={t("accept.missing_title")} text={t("accept.missing_text")} />;
  }
  return (
    <OpenPage title={t("accept.title")}>
      <FormError error={problem} />
      <Button variant="default" onClick={onRetry}>
        {t("try_again")}
      </Button>
    </OpenPage>
  );
}

function NoWayIn({ title, text }: { title: string; text: string }) {
  return (
    <OpenPage title={title} text={text}>
      <ToSignIn />
    </OpenPage>
  );
}

function Loading() {
  const { t } = useTranslation("identity");
  return (
    <OpenPage title={t("accept.title")}>
      <Stack gap="md" aria-busy>
        <Skeleton height={20} />
        <Skeleton height={58} />
        <Skeleton height={58} />
        <Skeleton height={42} />
      </Stack>
    </OpenPage>
  );
}
