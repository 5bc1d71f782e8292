import { Button, Skeleton, Stack, Stepper } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { useFragmentToken } from "~/features/identity/fragmentToken";
import { OpenPage } from "~/features/identity/OpenPage";
import { FormError } from "~/ui/FormError";
import { AccountStep } from "./setup/AccountStep";
import { FirstOfferStep } from "./setup/FirstOfferStep";
import classes from "./setup/steps.module.css";
import { type Step, useSetUp } from "./setup/useSetUp";
import { WorkspaceStep } from "./setup/WorkspaceStep";

/** The first start: who you are, your workspace, your first offer. */
export default function SetUpPage() {
  const { t } = useTranslation("workspaces");
  const token = useFragmentToken();
  const [isMade, setIsMade] = useState(false);
  const setup = api.useQuery("get", "/v1/setup", {}, { retry: false, staleTime: Number.POSITIVE_INFINITY });
  if (setup.isPending) {
    return (
      <OpenPage title={t("set_up.title")}>
        <Stack aria-busy>
          <Skeleton height={40} />
          <Skeleton height={58} />
          <Skeleton height={58} />
        </Stack>
      </OpenPage>
    );
  }
  if (setup.isError) {
    return (
      <OpenPage title={t("set_up.title")}>
        <FormError error={setup.error} />
        <Button variant="default" onClick={() => void setup.refetch()}>
          {t("try_again")}
        </Button>
      </OpenPage>
    );
  }
  // Once made, the server no longer needs it; the offer step still goes on.
  if (setup.data?.needed === false && !isMade) return <AlreadyDone />;
  return <Wizard token={token} onMade={() => setIsMade(true)} />;
}

function Wizard({ token, onMade }: { token: string | undefined; onMade: () => void }) {
  const { t } = useTranslation("workspaces");
  const [step, setStep] = useState<Step>(0);
  const setUp = useSetUp({ token, onMade, onStep: setStep });
  const texts = [t("set_up.account_text"), t("set_up.workspace_text"), t("set_up.offer_text")];
  return (
    <OpenPage title={t("set_up.title")} text={texts[step]}>
      <Stepper
        active={step}
        size="xs"
        iconSize={28}
        wrap={false}
        classNames={{ step: classes.step, stepBody: classes.body }}
        allowNextStepsSelect={false}
        aria-label={t("set_up.steps")}
      >
        <Stepper.Step
          label={t("set_up.account")}
          allowStepSelect={step === 1}
          onClick={() => step === 1 && setStep(0)}
        />
        <Stepper.Step label={t("set_up.workspace")} allowStepSelect={false} />
        <Stepper.Step label={t("set_up.offer")} allowStepSelect={false} />
      </Stepper>
      {step === 0 && <AccountStep setUp={setUp} hasToken={token !== undefined} onDone={() => setStep(1)} />}
      {step === 1 && <WorkspaceStep setUp={setUp} onBack={() => setStep(0)} />}
      {step === 2 && <FirstOfferStep setUp={setUp} />}
    </OpenPage>
  );
}

function AlreadyDone() {
  const { t } = useTranslation("workspaces");
  return (
    <OpenPage title={t("set_up.done_title")} text={t("set_up.done_text")}>
      <Button component={Link} to="/sign-in" size="md">
        {t("set_up.to_sign_in")}
      </Button>
    </OpenPage>
  );
}
