import { Alert, Button, Group, Stack } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOffers } from "~/features/offers/queries";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import type { TrackingLink } from "../queries";
import { LinkAddress } from "./LinkAddress";
import { LinkForm } from "./LinkForm";
import { LinkTest } from "./LinkTest";

interface Props {
  opened: boolean;
  onClose: () => void;
  offerId?: string;
}

/** Makes a link, then gives it to copy. */
export function NewLinkDrawer({ opened, onClose, offerId }: Props) {
  const { t } = useTranslation("portal");
  const [made, setMade] = useState<TrackingLink>();
  const offers = useOffers({}, opened);
  const close = () => {
    setMade(undefined);
    onClose();
  };
  return (
    <SideDrawer opened={opened} onClose={close} title={made ? t("link.made_title") : t("link.new_title")}>
      {!made && offers.state === "loading" && <SkeletonLines lines={6} />}
      {!made && offers.state === "error" && <ErrorState error={offers.error} onRetry={offers.retry} />}
      {!made && offers.state === "ready" && (
        <LinkForm key={offerId} offers={offers.rows} offerId={offerId} onMade={setMade} />
      )}
      {made && (
        <Stack gap="md">
          <Alert variant="light" icon={<IconCheck size={18} aria-hidden />} role="status">
            {t("link.works_now")}
          </Alert>
          <LinkAddress url={made.url} name={made.name ?? made.slug} />
          <LinkTest linkId={made.id} url={made.url} />
          <Group gap="sm">
            <Button onClick={close}>{t("link.done")}</Button>
            <Button variant="default" onClick={() => setMade(undefined)}>
              {t("link.another")}
            </Button>
          </Group>
        </Stack>
      )}
    </SideDrawer>
  );
}
