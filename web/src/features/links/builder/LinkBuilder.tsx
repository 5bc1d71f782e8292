import { Alert, Button, Group, Stack } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SideDrawer } from "~/ui/SideDrawer";
import { LinkAddress } from "../portal/LinkAddress";
import { LinkTest } from "../portal/LinkTest";
import type { TrackingLink } from "../queries";
import { BuilderForm } from "./BuilderForm";

interface Props {
  opened: boolean;
  partnerId: string | undefined;
  offerId: string | undefined;
  onClose: () => void;
}

/** Partner, offer, landing page, traffic; then the address with sub ids, its code, and a test. */
export function LinkBuilder({ opened, partnerId, offerId, onClose }: Props) {
  const { t } = useTranslation("links");
  const [made, setMade] = useState<TrackingLink | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <SideDrawer opened={opened} onClose={close} title={made ? t("builder.made_title") : t("builder.title")}>
      {made ? (
        <Stack gap="md">
          <Alert variant="light" color="teal" icon={<IconCheck size={18} aria-hidden />} role="status">
            {t("builder.made")}
          </Alert>
          <LinkAddress url={made.url} name={made.name ?? made.slug} />
          <LinkTest linkId={made.id} url={made.url} />
          <Group gap="xs">
            <Button onClick={close}>{t("builder.done")}</Button>
            <Button variant="default" onClick={() => setMade(null)}>
              {t("builder.another")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <BuilderForm
          key={`${partnerId} ${offerId}`}
          partnerId={partnerId}
          offerId={offerId}
          onMade={setMade}
        />
      )}
    </SideDrawer>
  );
}
