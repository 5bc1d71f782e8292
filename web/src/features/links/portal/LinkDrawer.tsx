import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { linkQuery } from "../queries";
import { LinkDetail } from "./LinkDetail";

/** One link beside the list; open while the address names it. */
export function LinkDrawer({ linkId, onClose }: { linkId: string | undefined; onClose: () => void }) {
  const { t } = useTranslation("portal");
  return (
    <SideDrawer opened={linkId !== undefined} onClose={onClose} title={t("link.title")} size="lg">
      {linkId && <Loaded linkId={linkId} />}
    </SideDrawer>
  );
}

function Loaded({ linkId }: { linkId: string }) {
  const { data: link, error, refetch } = useQuery(linkQuery(linkId));
  if (error && !link) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!link) return <SkeletonLines lines={8} />;
  return <LinkDetail link={link} />;
}
