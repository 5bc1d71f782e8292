import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Says that the network is gone; what is on screen stays. */
export function OfflineBanner() {
  const { t } = useTranslation("frame");
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="yellow" radius={0} icon={<IconCloudOff size={18} />} role="status">
      {t("offline")}
    </Alert>
  );
}
