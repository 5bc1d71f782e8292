import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { linkQuery } from "../queries";
import { LinkDetail } from "./LinkDetail";
import { linkName } from "./useLinkColumns";

/** One link beside the list; open while the address names it. */
export function LinkDrawer({ linkId, onClose }: { linkId: string | undefined; onClose: () => void }) {
  const { t } = useTranslation("portal");
  const {
    data: link,
    error,
    refetch,
  } = useQuery({ ...linkQuery(linkId ?? ""), enabled: linkId !== undefined });
  return (
    <SideDrawer
      opened={linkId !== undefined}
      onClose={onClose}
      title={link ? <span translate="no">{linkName(link)}</span> : t("link.title")}
      size="lg"
    >
      {link && <LinkDetail link={link} />}
      {!link && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!link && !error && <SkeletonLines lines={8} />}
    </SideDrawer>
  );
}
