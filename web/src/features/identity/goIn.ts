import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { chooseWorkspace, chosenWorkspace } from "~/api/session";
import { meQuery } from "~/domain/person";

/** Enters the frame as whoever has just signed in: forgets what was read before, asks who it is, and goes to a path. */
export function useGoIn(): (path: string, places?: readonly { workspace_id: string }[]) => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  return useCallback(
    async (path, places) => {
      // Somebody else may have sat here and have been in a workspace that this person is not in.
      if (!places?.some((place) => place.workspace_id === chosenWorkspace())) chooseWorkspace(null);
      queries.clear();
      await queries.fetchQuery(meQuery);
      router.history.push(path);
    },
    [queries, router],
  );
}
