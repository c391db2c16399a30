const of = (minor: number, names: string): readonly (readonly [string, number])[] => names.split(' ').map((name) => [name, minor] as const);

/** "What's New in Python" and "Added in version": first minor version of Python 3 whose standard library has the name. */
export const addedNames: ReadonlyMap<string, number> = new Map([
	...of(9, 'functools.cache math.lcm math.nextafter random.randbytes asyncio.to_thread typing.Annotated'),
	...of(10, 'itertools.pairwise contextlib.aclosing types.NoneType types.UnionType types.EllipsisType'),
	...of(10, 'typing.ParamSpec typing.TypeAlias typing.TypeGuard typing.Concatenate typing.is_typeddict dataclasses.KW_ONLY'),
	...of(11, 'enum.StrEnum enum.ReprEnum enum.verify enum.nonmember enum.member datetime.UTC asyncio.TaskGroup asyncio.timeout'),
	...of(11, 'asyncio.timeout_at asyncio.Runner asyncio.Barrier typing.Self typing.LiteralString typing.Never typing.Required'),
	...of(11, 'typing.NotRequired typing.TypeVarTuple typing.Unpack typing.assert_never typing.assert_type typing.reveal_type'),
	...of(11, 'typing.dataclass_transform math.cbrt math.exp2 contextlib.chdir hashlib.file_digest operator.call'),
	...of(11, 'logging.getLevelNamesMapping inspect.getmembers_static'),
	...of(
		12,
		'itertools.batched typing.override typing.TypeAliasType math.sumprod inspect.markcoroutinefunction calendar.Month calendar.Day',
	),
	...of(12, 'collections.abc.Buffer types.get_original_bases asyncio.eager_task_factory sys.monitoring'),
	...of(13, 'copy.replace warnings.deprecated typing.ReadOnly typing.TypeIs typing.NoDefault typing.get_protocol_members'),
	...of(13, 'typing.is_protocol queue.ShutDown asyncio.QueueShutDown os.process_cpu_count math.fma base64.z85encode base64.z85decode'),
	...of(14, 'functools.Placeholder heapq.heappush_max heapq.heappop_max heapq.heapify_max concurrent.futures.InterpreterPoolExecutor'),
]);

/** "Removed" in "What's New in Python": first minor version without the name. */
export const removedNames: ReadonlyMap<string, number> = new Map([
	...of(10, 'collections.Mapping collections.MutableMapping collections.Sequence collections.MutableSequence collections.Set'),
	...of(10, 'collections.MutableSet collections.Iterable collections.Iterator collections.Callable collections.Hashable collections.Sized'),
	...of(10, 'collections.Generator collections.KeysView collections.ValuesView collections.ItemsView'),
	...of(11, 'asyncio.coroutine inspect.getargspec inspect.formatargspec'),
	...of(12, 'ssl.wrap_socket ssl.match_hostname ssl.RAND_pseudo_bytes configparser.SafeConfigParser'),
	...of(12, 'pkgutil.ImpImporter pkgutil.ImpLoader importlib.find_loader sqlite3.enable_shared_cache locale.format'),
	...of(13, 'locale.resetlocale unittest.makeSuite unittest.findTestCases unittest.getTestCaseNames re.template'),
	...of(14, 'ast.Num ast.Str ast.Bytes ast.NameConstant ast.Ellipsis pkgutil.find_loader pkgutil.get_loader pty.master_open'),
	...of(14, 'urllib.request.URLopener urllib.request.FancyURLopener sqlite3.version sqlite3.version_info'),
	...of(14, 'asyncio.get_child_watcher asyncio.set_child_watcher asyncio.AbstractChildWatcher'),
]);
